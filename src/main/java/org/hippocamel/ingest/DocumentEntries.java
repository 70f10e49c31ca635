package org.hippocamel.ingest;

import java.io.IOException;
import java.io.InputStream;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** A Markdown or text file: one record, or a Problem, for there is no part to fall back on. */
final class DocumentEntries implements Entries {
  private static final int MOST_BYTES_PER_CHAR = 3;

  private final InputStream in;
  private final DocumentFormat format;
  private final Limits limits;
  private boolean ended;

  DocumentEntries(InputStream in, DocumentFormat format, Limits limits) {
    this.in = in;
    this.format = format;
    this.limits = limits;
  }

  @Override
  public Entry next() throws IOException {
    if (ended) {
      return null;
    }
    ended = true;
    long bound = (long) MOST_BYTES_PER_CHAR * limits.maxDocumentChars() + 3;
    byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, bound + 1));
    if (bytes.length > bound) {
      throw tooLarge("over " + bound + " bytes");
    }
    return SourceRecord.document(null, checked(text(bytes)), format);
  }

  private String text(byte[] bytes) {
    int from = Utf8.markLength(bytes, bytes.length);
    Utf8 utf8 = Utf8.decode(bytes, from, bytes.length);
    if (utf8.faulty()) {
      throw new Problem(ProblemKind.INVALID, Utf8.complaint(from + (long) utf8.faultAt()));
    }
    return utf8.text().replace("\r\n", "\n");
  }

  private String checked(String text) {
    if (text.length() > limits.maxDocumentChars()) {
      throw tooLarge(text.length() + " characters");
    }
    if (text.isBlank()) {
      throw new Problem(ProblemKind.INVALID, "the document is empty");
    }
    if (text.indexOf('\0') >= 0) {
      throw new Problem(
          ProblemKind.INVALID,
          "the file holds NUL characters: it is binary or UTF-16, save it as UTF-8");
    }
    return text;
  }

  private Problem tooLarge(String size) {
    return new Problem(
        ProblemKind.TOO_LARGE,
        "the document has "
            + size
            + ", the limit is "
            + limits.maxDocumentChars()
            + " characters (limits.max-document-chars); split it");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
