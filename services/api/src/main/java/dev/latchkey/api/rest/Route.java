package dev.latchkey.api.rest;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/** What is answered at a method and path. */
public record Route(Method method, String path, Handler handler) {
    static Route get(String path, Handler handler) {
        return new Route(Method.GET, path, handler);
    }

    static Route post(String path, Handler handler) {
        return new Route(Method.POST, path, handler);
    }

    static Route put(String path, Handler handler) {
        return new Route(Method.PUT, path, handler);
    }

    static Route delete(String path, Handler handler) {
        return new Route(Method.DELETE, path, handler);
    }
}
