package functiongraph.runner;

import com.services.runtime.Context;
import java.util.Map;

/** The context by the interface of the open kernel, whose state is a text. */
final class ServicesContext extends FunctionContext implements Context {
    ServicesContext(Map<String, Object> function, String requestId, String alias, Map<String, Object> keys) {
        super(function, requestId, alias, keys);
    }

    @Override
    public String getState() {
        Object state = super.getState();
        return state == null ? null : state.toString();
    }

    @Override
    public void setState(String state) {
        super.setState(state);
    }
}
