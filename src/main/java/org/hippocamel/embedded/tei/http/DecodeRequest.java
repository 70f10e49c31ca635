package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The body of {@code /decode}: the ids of one text, or a batch of such. */
final class DecodeRequest implements JsonBody.Fields {
  private final JsonBody json;
  private List<long[]> ids;
  private boolean isBatch;
  private boolean skipSpecialTokens = true;

  private DecodeRequest(JsonBody json) {
    this.json = json;
  }

  static DecodeRequest read(byte[] body) {
    return JsonBody.read(body, DecodeRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "ids" -> ids = ids(name);
      case "skip_special_tokens" -> skipSpecialTokens = json.bool(name);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void check() {
    json.require(ids, "ids");
  }

  /** One element, perhaps empty, if it is no batch. */
  List<long[]> ids() {
    return ids;
  }

  boolean isBatch() {
    return isBatch;
  }

  boolean skipSpecialTokens() {
    return skipSpecialTokens;
  }

  private List<long[]> ids(String name) throws IOException {
    if (!json.isArray()) {
      throw json.noVariant(name, "InputIds");
    }
    List<long[]> all = new ArrayList<>();
    if (!json.nextItem() || !json.isArray()) { // an empty array counts as the ids of no text
      all.add(json.ids(name, "InputIds"));
      return all;
    }
    isBatch = true;
    do {
      if (!json.isArray()) {
        throw json.noVariant(name, "InputIds");
      }
      json.nextItem();
      all.add(json.ids(name, "InputIds"));
    } while (json.nextItem());
    return all;
  }
}
