package org.hippocamel.routes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;

/** A form as {@code curl -F} sends it. */
final class Multipart {
  private static final String BOUNDARY = "------------------------d74496d66958873e";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  Multipart file(String name, byte[] content) {
    write(
        "Content-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n",
        content);
    return this;
  }

  Multipart file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Multipart field(String name, String value) {
    write(
        "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n",
        value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private void write(String head, byte[] content) {
    body.writeBytes(("--" + BOUNDARY + "\r\n" + head).getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  Answer post(RunningBundle bundle, String path, String... headers) {
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return bundle.post(
        path, body.toByteArray(), "multipart/form-data; boundary=" + BOUNDARY, headers);
  }
}
