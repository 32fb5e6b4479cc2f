package dev.latchkey.agent.tools;

import dev.latchkey.agent.answering.Tool;
import dev.latchkey.agent.answering.ToolOffer;
import java.util.List;

/** Tells what all of the user comes to. */
public final class Pnl implements Tool {
    public static final String NAME = "pnl";

    private static final ToolOffer OFFER = new ToolOffer(
            NAME,
            "What the user earned and lost, in each quote currency over all symbols: realized and unrealized result, fees, cash"
                    + " flow and market value, the number of trades and when the last one was.",
            List.of());

    private final Figures figures;

    public Pnl(Figures figures) {
        this.figures = figures;
    }

    @Override
    public ToolOffer offer() {
        return OFFER;
    }

    @Override
    public String use(Use use) throws InterruptedException {
        return Findings.tell(figures.find(new Figures.Question.OfPnl(use.userId())), "The user has no books.");
    }
}
