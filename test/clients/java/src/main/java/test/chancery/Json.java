package test.chancery;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts, numbers, booleans and null as JSON. */
final class Json {
  static String write(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> text(entry.getKey().toString()) + ":" + write(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String string ? text(string) : String.valueOf(value);
  }

  private static String text(String value) {
    var out = new StringBuilder("\"");
    value.chars().forEach(c -> out.append(c < 0x20 || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : (char) c));
    return out.append('"').toString();
  }
}
