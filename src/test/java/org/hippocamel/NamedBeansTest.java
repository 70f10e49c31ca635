package org.hippocamel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedBeansTest {
  private final NamedBeans beans = new NamedBeans();

  @Test
  void put_keepsTheOrder() {
    beans.put("second", 2);
    beans.put("first", "one");
    assertEquals(List.of("second", "first"), List.copyOf(beans.all().keySet()));
    assertEquals(2, beans.get("second", Integer.class));
    assertEquals(List.of("one"), beans.all(String.class).toList());
  }

  @Test
  void put_refusesASecondBeanOfTheSameName() {
    beans.put("fusion", "one");
    var refused = assertThrows(IllegalStateException.class, () -> beans.put("fusion", 2));
    assertEquals(
        "bean \"fusion\" is bound twice, as java.lang.String and as java.lang.Integer;"
            + " give one of them another name",
        refused.getMessage());
    assertEquals("one", beans.get("fusion", String.class));
  }

  @Test
  void get_namesTheBeanThatIsMissingOrOfAnotherType() {
    var missing = assertThrows(IllegalStateException.class, () -> beans.get("door", String.class));
    assertEquals("bean \"door\" is not bound yet, not a java.lang.String", missing.getMessage());
    beans.put("door", 1);
    var other = assertThrows(IllegalStateException.class, () -> beans.get("door", String.class));
    assertTrue(other.getMessage().contains("a java.lang.Integer, not a java.lang.String"));
  }

  /** Those of the whole bundle, with everything that a test of the routes binds. */
  @Test
  void beansOfTheBundle_haveEachANameOfTheirOwn() {
    assertTrue(BoundBeans.types().size() > 50);
  }
}
