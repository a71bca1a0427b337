package test.chancery;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What was refused, as the SDK shows it: the class of its exception, and what it carries. */
final class Refusals {
  interface Call {
    void run() throws Exception;
  }

  private final Map<String, Object> seen = new LinkedHashMap<>();

  /** Makes the call and keeps how it was refused, or null when it was not. */
  void of(String name, Call call) throws Exception {
    try {
      call.run();
      seen.put(name, null);
    } catch (AwsServiceException refused) {
      var details = refused.awsErrorDetails();
      seen.put(
          name,
          Map.of(
              "type", refused.getClass().getSimpleName(),
              "code", details.errorCode(),
              "message", details.errorMessage(),
              "requestId", String.valueOf(refused.requestId())));
    }
  }

  Map<String, Object> seen() {
    return seen;
  }
}
