package dev.latchkey.standins.transit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An answer in Vault's envelope. */
record Reply(int status, Object body) {
    static Reply of(Map<String, ?> data) {
        return of(200, data);
    }

    static Reply of(int status, Map<String, ?> data) {
        return new Reply(status, envelope(data, null));
    }

    /** What a login or a renewal gives. */
    static Reply auth(Map<String, ?> auth) {
        return new Reply(200, envelope(null, auth));
    }

    static Reply error(int status, String... sentences) {
        return new Reply(status, Map.of("errors", List.of(sentences)));
    }

    private static Map<String, Object> envelope(@Nullable Map<String, ?> data, @Nullable Map<String, ?> auth) {
        var body = new LinkedHashMap<String, Object>();
        body.put("request_id", UUID.randomUUID().toString());
        body.put("lease_id", "");
        body.put("renewable", false);
        body.put("lease_duration", 0);
        body.put("data", data);
        body.put("wrap_info", null);
        body.put("warnings", null);
        body.put("auth", auth);
        return body;
    }
}
