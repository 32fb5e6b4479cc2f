package dev.latchkey.agent.tools;

import dev.latchkey.agent.answering.Tool;
import dev.latchkey.agent.answering.ToolOffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what a symbol cost last. */
public final class Price implements Tool {
    public static final String NAME = "price";

    private static final ToolOffer OFFER = new ToolOffer(
            NAME,
            "The last price of a symbol in each currency that it is priced in, when that was true (as_of), who said so (source)"
                    + " and whether it is stale.",
            List.of(Arguments.symbol()));

    private final Figures figures;

    public Price(Figures figures) {
        this.figures = figures;
    }

    @Override
    public ToolOffer offer() {
        return OFFER;
    }

    @Override
    public Optional<String> objection(Map<String, String> arguments) {
        return Arguments.objectionToName(Arguments.SYMBOL, arguments);
    }

    @Override
    public String use(Use use) throws InterruptedException {
        var symbol = use.arguments().getOrDefault(Arguments.SYMBOL, "");
        return Findings.tell(
                figures.find(new Figures.Question.OfPrice(symbol)), "No price of that symbol was heard of.");
    }
}
