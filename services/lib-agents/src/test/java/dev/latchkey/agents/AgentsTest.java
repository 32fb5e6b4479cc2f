package dev.latchkey.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.runtime.Settings;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentsTest {
    private static final String GOOD = """
            ---
            tools: price, propose_order
            approval: propose_order
            steps: 3
            tokens: 1000
            ---
            Be brief.

            Very brief.
            """;

    @TempDir
    private Path directory;

    @Test
    void shipsAnAnalystThatOnlyReadsAndATraderThatNeedsApproval() {
        var agents = Agents.from(new Settings(Map.of()));

        assertThat(agents.byName()).containsOnlyKeys("analyst", "trader");
        assertThat(agents.find("analyst").orElseThrow().tools()).containsExactlyInAnyOrder("positions", "pnl", "price");
        assertThat(agents.find("trader").orElseThrow().approval()).containsExactly("propose_order");
    }

    @Test
    void readsAnAgentFromEachFileOfTheDirectory() throws IOException {
        Files.writeString(directory.resolve("helper.md"), GOOD);
        Files.writeString(directory.resolve("notes.txt"), "no agent");

        assertThat(inDirectory())
                .isEqualTo(Agents.of(Set.of(new Agent(
                        "helper",
                        "Be brief.\n\nVery brief.",
                        Set.of("price", "propose_order"),
                        Set.of("propose_order"),
                        new Agent.Limits(3, 1000)))));
        assertThat(inDirectory().find("analyst")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools: price, propose_order | tools price | a line is one of tools, approval, steps and tokens",
                "steps: 3 | steps: three | steps is a whole number, not three",
                "steps: 3 | steps: 0 | steps and tokens are at least 1, not 0 and 1000",
                "tokens: 1000 | approval: price | approval is there twice",
                "tools: price, propose_order | tools: price | what needs approval is one of the tools [price]",
                "steps: 3 | --- | steps is missing"
            })
    void saysWhatIsWrongWithAFile(String good, String bad, String sentence) throws IOException {
        Files.writeString(directory.resolve("helper.md"), GOOD.replace(good, bad));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(this::inDirectory)
                .withMessageStartingWith("the agent in " + directory.resolve("helper.md") + " can not be read: ")
                .withMessageContaining(sentence);
    }

    @Test
    void refusesADirectoryWithoutAgents() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(this::inDirectory)
                .withMessage("environment variable LATCHKEY_AGENTS_DIRECTORY: " + directory + " holds no .md file");
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        var nowhere = new Settings(
                Map.of("LATCHKEY_AGENTS_DIRECTORY", directory.resolve("nowhere").toString()));

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Agents.from(nowhere))
                .withMessageEndingWith("nowhere can not be read");
    }

    private Agents inDirectory() {
        return Agents.from(new Settings(Map.of("LATCHKEY_AGENTS_DIRECTORY", directory.toString())));
    }
}
