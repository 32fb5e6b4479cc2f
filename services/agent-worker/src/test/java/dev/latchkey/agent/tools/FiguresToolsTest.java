package dev.latchkey.agent.tools;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.agent.answering.Tool;
import dev.latchkey.agent.answering.ToolOffer;
import dev.latchkey.agent.tools.Figures.Finding;
import dev.latchkey.agent.tools.Figures.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresToolsTest {
    private static final String JSON = "{\"price\":\"64000.000000000000000001\"}";

    private final List<Question> questions = new ArrayList<>();
    private Finding finding = new Finding.Found(JSON);
    private final Figures figures = question -> {
        questions.add(question);
        return finding;
    };
    private final List<Tool> tools = List.of(new Positions(figures), new Pnl(figures), new Price(figures));

    @Test
    void passOnWhatTheServicesSayToTheLastDigit() throws Exception {
        assertThat(told()).containsExactly(JSON, JSON, JSON);
        assertThat(questions)
                .containsExactly(
                        new Question.OfPositions(ADA), new Question.OfPnl(ADA), new Question.OfPrice("BTC-USD"));
    }

    @Test
    void sayWhatThereIsNot() throws Exception {
        finding = new Finding.Unknown();

        assertThat(told())
                .containsExactly(
                        "The user has no books.", "The user has no books.", "No price of that symbol was heard of.");
    }

    @Test
    void sayThatFiguresCanNotBeHad() throws Exception {
        finding = new Finding.Away();

        assertThat(told())
                .containsOnly("These figures can not be had now. Say so, and use no others instead.")
                .hasSize(3);
    }

    @Test
    void nameASymbolOnlyWhereOneIsNeeded() {
        assertThat(tools)
                .extracting(Tool::offer)
                .extracting(
                        ToolOffer::name,
                        offer -> offer.parameters().stream()
                                .map(ToolOffer.Parameter::name)
                                .toList())
                .extracting(Object::toString)
                .containsExactly("(\"positions\", [])", "(\"pnl\", [])", "(\"price\", [\"symbol\"])");
    }

    @Test
    void objectToWhatIsNoSymbol() {
        var price = new Price(figures);
        var objection = "symbol is a name of at most 100 characters, without | and control characters.";

        assertThat(price.objection(Map.of("symbol", "BRK/B x+1"))).isEmpty();
        assertThat(price.objection(Map.of("symbol", "x".repeat(100)))).isEmpty();
        assertThat(List.of("", " ", "a|b", "a\nb", "x".repeat(101)))
                .allSatisfy(symbol ->
                        assertThat(price.objection(Map.of("symbol", symbol))).contains(objection));
    }

    private List<String> told() throws InterruptedException {
        var told = new ArrayList<String>();
        for (var tool : tools) {
            told.add(tool.use(new Tool.Use(ADA, PROMPT, "c1", Map.of("symbol", "BTC-USD"))));
        }
        return told;
    }
}
