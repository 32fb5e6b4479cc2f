package dev.latchkey.agent.tools;

import dev.latchkey.agent.tools.Figures.Finding;

/** Findings as a model is told of them. */
final class Findings {
    private static final String AWAY = "These figures can not be had now. Say so, and use no others instead.";

    private Findings() {}

    static String tell(Finding finding, String unknown) {
        return switch (finding) {
            case Finding.Found(var json) -> json;
            case Finding.Unknown() -> unknown;
            case Finding.Away() -> AWAY;
        };
    }
}
