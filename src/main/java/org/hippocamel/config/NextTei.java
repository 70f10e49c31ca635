package org.hippocamel.config;

import java.util.List;

/**
 * {@code next.*}: the embedding server of the model that memories move to.
 *
 * @param urls base URLs; none where there is no other model
 * @param apiKey empty for none
 * @param queryInstruction before queries of its space; {@code auto} as elsewhere
 * @param documentInstruction before texts that are stored in its space
 */
public record NextTei(
    List<String> urls, String apiKey, String queryInstruction, String documentInstruction) {

  static NextTei read(SettingReader in) {
    List<String> urls = in.optional("next.tei.url").isEmpty() ? List.of() : in.list("next.tei.url");
    return new NextTei(
        urls,
        in.raw("next.tei.api-key"),
        in.raw("next.query-instruction"),
        in.raw("next.document-instruction"));
  }

  /** Whether there is another model. */
  public boolean given() {
    return !urls.isEmpty();
  }

  /** The same model is another space behind another document instruction, and only then. */
  void check(SettingReader in, Settings.Tei tei, String documentInstructionNow) {
    for (String url : urls) {
      if (!url.matches("https?://.+")) {
        in.refuse("next.tei.url", "\"" + url + "\" is neither none nor an http(s) address");
      }
      if (tei.urls().contains(url) && documentInstruction.equals(documentInstructionNow)) {
        in.refuse(
            "next.tei.url",
            "\""
                + url
                + "\" is at tei.url already, and next.document-instruction is that of tei.url; unset"
                + " NEXT_TEI_URL once memories have moved");
      }
      Settings.refuseSlash(in, "next.tei.url", url);
    }
  }
}
