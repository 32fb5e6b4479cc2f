package dev.latchkey.api.rewrap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a run at one of its steps: a step is a call of whatever was put under this doom. */
final class Doom {
    /** When in its step a run ends. */
    enum Moment {
        BEFORE,
        AFTER
    }

    static final class Death extends RuntimeException {
        Death(String step) {
            super(step);
        }
    }

    private final int step;
    private final Moment moment;
    private final List<String> taken = new ArrayList<>();

    Doom(int step, Moment moment) {
        this.step = step;
        this.moment = moment;
    }

    <T> T over(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> take(real, method, arguments)));
    }

    /** The steps so far. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    private @Nullable Object take(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        taken.add(method.getName());
        dieIf(Moment.BEFORE);
        try {
            var result = method.invoke(real, arguments);
            dieIf(Moment.AFTER);
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void dieIf(Moment now) {
        if (taken.size() == step && moment == now) {
            throw new Death(now + " " + taken.getLast());
        }
    }
}
