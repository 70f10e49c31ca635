package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextSearchTest extends SearchFixture {
  @BeforeEach
  void openIndexes() {
    open(50_000);
  }

  @Test
  void text_ranksByBm25() {
    create("default", null, "{'mappings': {'dynamic': true}}");
    put("{'_id': 'a', 'text': 'the camel crosses the desert'}");
    put("{'_id': 'b', 'text': 'a camel is a camel'}");
    put("{'_id': 'c', 'text': 'a horse'}");
    assertEquals(List.of("b", "a"), ids(search("{'text': {'query': 'Camel', 'path': 'text'}}")));
  }
}
