package org.hippocamel.api;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** Lets requests in or not, by their API key. Thread-safe. */
public final class Door {
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);
  private static final String SCHEME = "Bearer ";
  private static final int LONGEST_KEY = 1_000;

  private final ApiKeys keys;

  public Door(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * The caller of a request.
   *
   * @param authorization the header {@code Authorization: Bearer KEY}, null or "" without one
   * @param xApiKey the header {@code X-API-Key: KEY}, null or "" without one; counts when the other
   *     carries no bearer key
   * @param role what the request needs: {@code reader}, {@code writer} or {@code admin}
   * @throws Problem Unauthorised without a known key, Forbidden when its role is too small; the key
   *     is never repeated
   */
  public Caller admit(String authorization, String xApiKey, String role) {
    Role needed =
        Role.of(role).orElseThrow(() -> new IllegalArgumentException("no role named " + role));
    if (keys.open()) {
      return Caller.of(Caller.DEFAULT_TENANT, Role.ADMIN);
    }
    String key =
        bearer(authorization)
            .or(() -> given(xApiKey))
            .orElseThrow(
                () -> unauthorised("send an API key: Authorization: Bearer KEY or X-API-Key: KEY"));
    Caller caller =
        keys.caller(key).orElseThrow(() -> unauthorised("the API key is not a known one"));
    if (!caller.may(needed)) {
      throw new Problem(
          ProblemKind.FORBIDDEN,
          "this needs the role " + needed.word() + ", the API key has " + caller.widest());
    }
    return caller;
  }

  /**
   * Keeps web pages out while there are no keys: any page in a browser on this machine may send
   * requests to a loopback address, and a name that an attacker points at it makes them
   * same-origin.
   *
   * @param headers those of the request; {@code Origin}, also the word {@code null} of a sandboxed
   *     page, comes from pages alone
   * @throws Problem FORBIDDEN
   */
  public void keepPagesOut(Map<String, Object> headers) {
    if (!keys.open()) {
      return;
    }
    boolean page = headers.get("Origin") != null;
    Object host = headers.get("Host");
    boolean foreign = host != null && !LOOPBACK.matcher(host.toString()).matches();
    if (page || foreign) {
      throw new Problem(
          ProblemKind.FORBIDDEN,
          "without API keys only programs on this machine are answered, at 127.0.0.1 or localhost,"
              + " not web pages; set api.keys-file to let others in");
    }
  }

  private static Optional<String> bearer(String authorization) {
    boolean bearer =
        authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return bearer ? given(authorization.substring(SCHEME.length())) : Optional.empty();
  }

  /** A longer key than any real one is not worth hashing. */
  private static Optional<String> given(String key) {
    return key == null || key.isBlank() || key.length() > LONGEST_KEY
        ? Optional.empty()
        : Optional.of(key.strip());
  }

  private static Problem unauthorised(String detail) {
    return new Problem(ProblemKind.UNAUTHORISED, detail);
  }
}
