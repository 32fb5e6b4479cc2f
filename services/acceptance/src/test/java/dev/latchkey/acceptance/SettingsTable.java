package dev.latchkey.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The README's table of settings. */
record SettingsTable(List<Row> rows) {
    /** @param readers the services that read it, as the table puts it */
    record Row(String variable, String readers, String preset) {
        boolean isReadBy(String service) {
            return readers.equals("all") || List.of(readers.split(", ")).contains(service);
        }

        /** Whether a service does not start without it. */
        boolean isNeeded() {
            return preset.isEmpty() || preset.startsWith("for `audit` alone");
        }
    }

    static SettingsTable read() throws IOException {
        return new SettingsTable(Files.readAllLines(Checkout.ROOT.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `LATCHKEY_"))
                .map(SettingsTable::row)
                .toList());
    }

    Set<String> variables() {
        return rows.stream().map(Row::variable).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Row row(String line) {
        var cells = line.split("\\|", -1);
        return new Row(cells[1].strip().replace("`", ""), cells[2].strip(), cells[4].strip());
    }
}
