package dev.latchkey.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The README's table of settings. */
record SettingsTable(List<Row> rows) {
    /**
     * A setting.
     *
     * @param readers the services that read it, as the table puts it
     * @param preset what it is unless it is set
     */
    record Row(String variable, String readers, String preset) {
        boolean isReadBy(String service) {
            return readers.equals("all") || List.of(readers.split(", ")).contains(service);
        }

        /** Whether a service does not start without it: what there is of a default is for commands. */
        boolean isNeeded() {
            return preset.isEmpty() || preset.startsWith("for ");
        }

        /** With what the row above says where this one says only that it is the same. */
        Row after(Row above) {
            return new Row(
                    variable,
                    readers.replaceFirst("^same", above.readers),
                    preset.equals("likewise") ? above.preset : preset);
        }
    }

    static SettingsTable read() throws IOException {
        var rows = new ArrayList<Row>();
        below("| variable | read by |")
                .map(SettingsTable::row)
                .forEach(row -> rows.add(rows.isEmpty() ? row : row.after(rows.getLast())));
        return new SettingsTable(rows);
    }

    /** What Docker reads beside those. */
    static Set<String> variablesOfDockerAlone() throws IOException {
        return below("| variable of `docker compose` alone |")
                .map(line -> cell(line, 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> variables() {
        return rows.stream().map(Row::variable).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Row row(String line) {
        var cells = line.split("\\|", -1);
        return new Row(cell(line, 1), cells[2].strip(), cells[4].strip());
    }

    private static String cell(String line, int number) {
        return line.split("\\|", -1)[number].strip().replace("`", "");
    }

    /** The rows of the table with that head. */
    private static Stream<String> below(String head) throws IOException {
        return Files.readAllLines(Checkout.ROOT.resolve("README.md")).stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"));
    }
}
