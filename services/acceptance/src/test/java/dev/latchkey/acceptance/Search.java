package dev.latchkey.acceptance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for canaries. They begin alike: a haystack is gone through once for each beginning, and not for each trace. */
final class Search {
    private static final int BEGINNING = 4;

    /** A canary, as one encoding shows it. */
    private record Trace(Canary canary, String text) {
        String beginning() {
            return text.substring(0, Math.min(BEGINNING, text.length()));
        }
    }

    private final Map<String, List<Trace>> traces = new HashMap<>();

    private Search(Collection<Canary> canaries) {
        for (var canary : canaries) {
            canary.traces().stream().map(text -> new Trace(canary, text)).forEach(this::add);
        }
    }

    /** What was found, as a sentence for each: where, and the canary's key. */
    static List<String> findings(Collection<Haystack> haystacks, Collection<Canary> canaries) {
        var search = new Search(canaries);
        return haystacks.stream().flatMap(search::through).toList();
    }

    private void add(Trace trace) {
        traces.computeIfAbsent(trace.beginning(), _ -> new ArrayList<>()).add(trace);
    }

    private Stream<String> through(Haystack haystack) {
        var found = new LinkedHashSet<Canary>();
        haystack.look(text -> traces.forEach((beginning, alike) -> found.addAll(in(text, beginning, alike))));
        return found.stream().map(canary -> haystack.name() + " holds " + canary.key());
    }

    private static Set<Canary> in(String text, String beginning, List<Trace> alike) {
        var found = new LinkedHashSet<Canary>();
        for (int at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
            for (var trace : alike) {
                if (text.startsWith(trace.text(), at)) {
                    found.add(trace.canary());
                }
            }
        }
        return found;
    }
}
