package org.hippocamel.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hippocamel.problem.Quoted;

/**
 * The API keys, of which only SHA-256 hashes are known. The file has one key a line, {@code #}
 * begins a comment:
 *
 * <pre>
 * # hash of the key                                                tenant  role
 * 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8  acme    writer
 * </pre>
 *
 * <p>A hash is made with {@code printf %s "$KEY" | sha256sum}; a good key with {@code openssl rand
 * -hex 32}. Plain SHA-256 suits such keys, for nobody can guess 256 random bits; it does not suit
 * passwords. Immutable.
 */
public final class ApiKeys {
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final List<Entry> entries;
  private final boolean open;

  /** One line of the file. */
  private record Entry(byte[] hash, Caller caller) {}

  private ApiKeys(List<Entry> entries, boolean open) {
    this.entries = List.copyOf(entries);
    this.open = open;
  }

  /** No keys: every request is tenant {@code default} with all roles. */
  public static ApiKeys none() {
    return new ApiKeys(List.of(), true);
  }

  /**
   * Reads the key file.
   *
   * @throws IllegalArgumentException naming every faulty line, or the file that cannot be read
   */
  public static ApiKeys read(Path file) {
    try {
      return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "api.keys-file " + file + " cannot be read as UTF-8 text: " + e, e);
    }
  }

  /** The keys of a file's lines; as {@link #read}. */
  static ApiKeys parse(String file, List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        String place = "line " + (i + 1) + ": ";
        line(line.split("\\s+"), entries, seen).ifPresent(fault -> faults.add(place + fault));
      }
    }
    if (faults.isEmpty() && entries.isEmpty()) {
      faults.add("it names no key; nobody could get in");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "api.keys-file " + file + " is wrong:\n  " + String.join("\n  ", faults));
    }
    return new ApiKeys(entries, false);
  }

  /** Adds an entry or says what is wrong; never repeats the first word, it might be a bare key. */
  private static Optional<String> line(String[] words, List<Entry> entries, Set<String> seen) {
    if (words.length != 3) {
      return Optional.of(
          "expected <sha-256 of the key> <tenant> <role>, got " + words.length + " words");
    }
    Optional<Role> role = Role.of(words[2]);
    if (!HASH.matcher(words[0]).matches()) {
      return Optional.of(
          "the hash must be 64 hex digits, has "
              + words[0].length()
              + " characters; make it with: printf %s \"$KEY\" | sha256sum");
    }
    if (!TENANT.matcher(words[1]).matches()) {
      return Optional.of(
          "the tenant must be 1 to 63 of a-z, 0-9 and - and not begin with -: "
              + Quoted.of(words[1]));
    }
    if (role.isEmpty()) {
      return Optional.of("the role must be reader, writer or admin: " + Quoted.of(words[2]));
    }
    if (!seen.add(words[0].toLowerCase(Locale.ROOT))) {
      return Optional.of("the same key stands on an earlier line");
    }
    entries.add(new Entry(HexFormat.of().parseHex(words[0]), Caller.of(words[1], role.get())));
    return Optional.empty();
  }

  /** Whether requests need no key. */
  public boolean open() {
    return open;
  }

  /** Whether any key belongs to this tenant. */
  public boolean knows(String tenant) {
    return entries.stream().anyMatch(entry -> entry.caller().tenant().equals(tenant));
  }

  /** Whose key this is. Compares with every entry, so that the time tells nothing. */
  Optional<Caller> caller(String key) {
    byte[] hash = sha256(key);
    Caller found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), hash)) {
        found = entry.caller();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
