package dev.latchkey.agent.tools;

import dev.latchkey.agent.answering.Tool;
import dev.latchkey.agent.answering.ToolOffer;
import java.util.List;

/** Tells what the user holds. */
public final class Positions implements Tool {
    public static final String NAME = "positions";

    private static final ToolOffer OFFER = new ToolOffer(
            NAME,
            "The user's positions: per symbol, netted (level symbol) and of each algorithm (level algorithm), the quantity held,"
                    + " its average cost, the price that it is valued at (mark) and when that was true, realized and"
                    + " unrealized result and fees, in quote_currency.",
            List.of());

    private final Figures figures;

    public Positions(Figures figures) {
        this.figures = figures;
    }

    @Override
    public ToolOffer offer() {
        return OFFER;
    }

    @Override
    public String use(Use use) throws InterruptedException {
        return Findings.tell(figures.find(new Figures.Question.OfPositions(use.userId())), "The user has no books.");
    }
}
