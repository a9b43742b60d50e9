package functiongraph.runner;

import com.opentelekomcloud.services.runtime.Context;
import java.util.Map;

/** The context by the interface of Open Telekom Cloud. */
final class TelekomContext extends FunctionContext implements Context {
    TelekomContext(Map<String, Object> function, String requestId, String alias, Map<String, Object> keys) {
        super(function, requestId, alias, keys);
    }
}
