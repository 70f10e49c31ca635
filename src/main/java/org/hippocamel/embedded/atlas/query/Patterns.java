package org.hippocamel.embedded.atlas.query;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;

/** $regex on Java's engine: the options i, m, x, s and u mean what they mean to MongoDB. */
final class Patterns {
  private Patterns() {}

  static Condition.Test matching(BsonValue pattern, BsonValue options) {
    if (options != null && !options.isString()) {
      throw ErrorCode.BAD_VALUE.because("$options has to be a string");
    }
    if (pattern.isRegularExpression()) {
      BsonRegularExpression regex = pattern.asRegularExpression();
      return options == null
          ? matching(regex)
          : matching(new BsonRegularExpression(regex.getPattern(), options.asString().getValue()));
    }
    if (!pattern.isString()) {
      throw ErrorCode.BAD_VALUE.because("$regex has to be a string");
    }
    String flags = options == null ? "" : options.asString().getValue();
    return matching(new BsonRegularExpression(pattern.asString().getValue(), flags));
  }

  static Condition.Test matching(BsonRegularExpression regex) {
    Pattern pattern = compile(regex);
    return new Condition.Test(
        value ->
            value != null
                && (value.isString() && pattern.matcher(value.asString().getValue()).find()
                    || value.isRegularExpression() && value.equals(regex)));
  }

  private static Pattern compile(BsonRegularExpression regex) {
    int flags = 0;
    for (char option : regex.getOptions().toCharArray()) {
      flags |=
          switch (option) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 'm' -> Pattern.MULTILINE;
            case 'x' -> Pattern.COMMENTS;
            case 's' -> Pattern.DOTALL;
            case 'u' -> 0;
            default -> throw Refusal.at(51108, "invalid flag in regex options: " + option);
          };
    }
    try {
      return Pattern.compile(regex.getPattern(), flags);
    } catch (PatternSyntaxException e) {
      throw Refusal.at(51091, "Regular expression is invalid: " + e.getDescription());
    }
  }
}
