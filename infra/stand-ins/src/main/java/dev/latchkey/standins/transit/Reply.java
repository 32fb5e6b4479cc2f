package dev.latchkey.standins.transit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An answer in Vault's envelope. */
record Reply(int status, Object body) {
    static Reply of(Map<String, ?> data) {
        return of(200, data);
    }

    static Reply of(int status, Map<String, ?> data) {
        var body = new LinkedHashMap<String, Object>();
        body.put("request_id", UUID.randomUUID().toString());
        body.put("lease_id", "");
        body.put("renewable", false);
        body.put("lease_duration", 0);
        body.put("data", data);
        body.put("wrap_info", null);
        body.put("warnings", null);
        body.put("auth", null);
        return new Reply(status, body);
    }

    static Reply error(int status, String... sentences) {
        return new Reply(status, Map.of("errors", List.of(sentences)));
    }
}
