package dev.latchkey.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Where the router says that a run stands, as far as that matters to who wants something done about it. */
sealed interface RunStanding {
    /** The router has not heard of it. */
    record Unheard() implements RunStanding {}

    record Underway() implements RunStanding {}

    /** For its user, who is to decide about these calls. */
    record Waiting(Set<String> callIds) implements RunStanding {}

    record Cancelled() implements RunStanding {}

    /** In a way that the router has a word for. */
    record Ended(String status) implements RunStanding {}

    /** Of a run as its user sees it. */
    static RunStanding of(JsonNode run) {
        var status = run.path("status").asText();
        return switch (status) {
            case "waiting_for_approval" -> new Waiting(callIds(run));
            case "cancelled" -> new Cancelled();
            case "answered", "refused", "failed" -> new Ended(status);
            default -> new Underway();
        };
    }

    private static Set<String> callIds(JsonNode run) {
        var ids = new TreeSet<String>();
        run.path("pending_calls").forEach(call -> ids.add(call.path("call_id").asText()));
        return ids;
    }
}
