package dev.latchkey.api.keys;

import dev.latchkey.runtime.Figure;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.sealing.vault.VaultSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys rotate}: a new version of both master keys. */
@Command(
        name = "rotate",
        description = {
            "Makes a new version of the key that seals API keys and of the one that wraps users' data keys, which seal from now"
                    + " on. Older versions go on opening what they sealed.",
            "`keys rewrap` then seals everything anew under it, and lets older versions open nothing any more."
        })
final class RotateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CommonOptions options = new CommonOptions();

    RotateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var config = KeysConfig.from(surroundings.environment(), options.portOffset());
        var vault = VaultSession.open(config.vault());
        var figures = new ArrayList<Figure>();
        for (var masterKey : List.of(VaultMasterKey.ofApiKeys(vault), VaultMasterKey.ofDataKeys(vault))) {
            say(options.isDryRun() ? foretold(masterKey) : rotated(masterKey));
            figures.add(Figure.of(
                    masterKey.name() + " newest version", masterKey.versions().newest(), "version"));
        }
        options.write(figures);
        return 0;
    }

    private static String foretold(MasterKey masterKey) {
        int newest = masterKey.versions().newest();
        return "would make version " + (newest + 1) + " of " + masterKey.name() + "; version " + newest + " seals now";
    }

    private static String rotated(MasterKey masterKey) {
        masterKey.rotate();
        return "version " + masterKey.versions().newest() + " of " + masterKey.name()
                + " seals from now on; `keys rewrap` seals anew what older ones sealed, and retires them";
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
    }
}
