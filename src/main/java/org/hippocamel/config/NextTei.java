package org.hippocamel.config;

import java.util.List;

/**
 * {@code next.*}: the embedding server of the model that memories move to.
 *
 * @param urls base URLs; none where there is no other model
 * @param apiKey empty for none
 * @param queryInstruction before queries of its space; {@code auto} as elsewhere
 */
public record NextTei(List<String> urls, String apiKey, String queryInstruction) {

  static NextTei read(SettingReader in) {
    List<String> urls = in.optional("next.tei.url").isEmpty() ? List.of() : in.list("next.tei.url");
    return new NextTei(urls, in.raw("next.tei.api-key"), in.raw("next.query-instruction"));
  }

  /** Whether there is another model. */
  public boolean given() {
    return !urls.isEmpty();
  }

  void check(SettingReader in, Settings.Tei tei) {
    for (String url : urls) {
      if (!url.matches("https?://.+")) {
        in.refuse("next.tei.url", "\"" + url + "\" is neither none nor an http(s) address");
      }
      if (tei.urls().contains(url)) {
        in.refuse(
            "next.tei.url",
            "\"" + url + "\" is at tei.url already; unset NEXT_TEI_URL once memories have moved");
      }
      Settings.refuseSlash(in, "next.tei.url", url);
    }
  }
}
