package org.hippocamel.graph;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntitiesTest {
  @Test
  void show() {
    for (String text :
        List.of(
            "The nightly export of Bakery failed with error EXP-1042 on host db-7.",
            "Order Service returned HTTP 504 while calling https://pay.example.com/v1/charge?id=5#top).",
            "see /etc/nginx/nginx.conf, or C:\\temp\\a.log (and/or ~/notes.md) and src/main/App.java",
            "Call getUser(max_batch, tei.max-wait) in OrderService; PostgreSQL Server 15 is at 10.0.0.12:8080.",
            "He said \"payment timed out\" and `retry budget`; don't panic.",
            "ORA-12154: TNS could not resolve. 0x80070005 42P01 #4711 482913 1.2.3 2026-11-28 10.11.2026 50ms 10th 3-way 24-hour",
            "错误ORA-12154发生在「订单服务」里。",
            "Der Kunde hat die Rechnung im Portal bezahlt, aber das Konto zeigt den Betrag nicht an.",
            "ALL SYSTEMS ARE DOWN PLEASE RESTART THE SERVER NOW",
            "IL-6 and TNF-alpha regulate p53 in CD4 cells. BRCA1 mutations (n=24) in HIV-1.",
            "```java\nString name = user.getName(); // \"hello world\"\nList<String> all;\n```\nKubernetes's API is up. When Kubernetes restarts, Maria Schmidt calls.")) {
      System.out.println(text + "\n   -> " + new Entities(Terms.none(), 24).of(text));
    }
    System.out.println(
        new Entities(Terms.of(List.of("payment gateway", "订单服务", "-bakery")), 24)
            .of("the Payment\n gateway of Bakery 订单服务 x"));
  }
}
