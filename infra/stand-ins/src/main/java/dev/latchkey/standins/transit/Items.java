package dev.latchkey.standins.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs an operation over the one item of a request or over its {@code batch_input}, keeping the order. */
final class Items {
    private static final String BATCH = "batch_input";

    private final Function<Item, Map<String, Object>> operation;
    private final int statusWithErrors;

    /** @param statusWithErrors status of a batch in which an item failed: Vault has 400 or 200, by operation */
    Items(Function<Item, Map<String, Object>> operation, int statusWithErrors) {
        this.operation = operation;
        this.statusWithErrors = statusWithErrors;
    }

    Reply process(JsonNode request) {
        return request.hasNonNull(BATCH) ? batch(request.get(BATCH)) : single(new Item(request));
    }

    private Reply single(Item item) {
        try {
            return Reply.of(operation.apply(item));
        } catch (Rejected e) {
            return Reply.error(400, e.sentence());
        }
    }

    private Reply batch(JsonNode batch) {
        var items = new ArrayList<Item>();
        batch.forEach(fields -> items.add(new Item(fields)));
        if (items.isEmpty()) {
            return Reply.error(400, "missing batch input to process");
        }
        if (items.stream().map(Item::hasContext).distinct().count() > 1) {
            return Reply.error(400, "context should be set either in all the request blocks or in none");
        }
        var results = items.stream().map(this::result).toList();
        return Reply.of(statusOf(results), Map.of("batch_results", results));
    }

    private int statusOf(List<Map<String, Object>> results) {
        return results.stream().anyMatch(result -> result.containsKey("error")) ? statusWithErrors : 200;
    }

    private Map<String, Object> result(Item item) {
        var result = new LinkedHashMap<String, Object>();
        try {
            result.putAll(operation.apply(item));
        } catch (Rejected e) {
            result.put("error", e.sentence());
        }
        item.reference().ifPresent(reference -> result.put("reference", reference));
        return result;
    }
}
