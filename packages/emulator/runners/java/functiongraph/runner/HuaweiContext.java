package functiongraph.runner;

import com.huawei.services.runtime.Context;
import java.util.Map;

/** The context by the interface of Huawei Cloud, whose state is a text. */
final class HuaweiContext extends FunctionContext implements Context {
    HuaweiContext(Map<String, Object> function, String requestId, String alias, Map<String, Object> keys) {
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
