package dev.latchkey.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicHostsTest {
    @Test
    void takesAPublicHostAtTheAddressThatWasLookedAt() throws Exception {
        var hosts = new PublicHosts(host -> addresses(host, "1.1.1.1", "1.0.0.1"));

        var address = hosts.publicAddressOf("models.test");

        assertThat(address.getHostAddress()).isEqualTo("1.1.1.1");
        assertThat(address.getHostName()).isEqualTo("models.test");
    }

    @Test
    void refusesAHostOfWhichOneAddressIsInside() {
        var hosts = new PublicHosts(host -> addresses(host, "1.1.1.1", "10.0.0.1"));

        assertThatExceptionOfType(NotPublic.class).isThrownBy(() -> hosts.publicAddressOf("models.test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "a.localhost",
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "2130706433",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[fe80::1%1]"
            })
    void refusesThisMachineHoweverItIsWritten(String host) {
        var hosts = new PublicHosts(InetAddress::getAllByName);

        assertThatExceptionOfType(NotPublic.class).isThrownBy(() -> hosts.publicAddressOf(host));
    }

    /** Resolvers do not agree on what these are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x7f000001",
                "0x7f.0.0.1",
                "0x7f.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.1.",
                "1.1.1.01",
                "16843009"
            })
    void takesAddressesInOneNotationOnly(String host) {
        var hosts = new PublicHosts(InetAddress::getAllByName);

        assertThatExceptionOfType(NotPublic.class).isThrownBy(() -> hosts.publicAddressOf(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata.google.internal",
                "METADATA.google.internal.",
                "metadata.internal",
                "internal",
                "printer.local",
                "router.home.arpa"
            })
    void asksNobodyWhereANameOfTheInsideIs(String host) {
        var hosts = new PublicHosts(name -> {
            throw new AssertionError("looked up " + name);
        });

        assertThatExceptionOfType(NotPublic.class).isThrownBy(() -> hosts.publicAddressOf(host));
    }

    @Test
    void takesNamesThatOnlyLookLikeThoseOfTheInside() throws Exception {
        var hosts = new PublicHosts(host -> addresses(host, "1.1.1.1"));

        for (var host : List.of("internal.test", "notlocal", "local-models.test", "mylocalhost")) {
            assertThat(hosts.publicAddressOf(host).getHostAddress()).isEqualTo("1.1.1.1");
        }
    }

    /** A name server that answers with a public address when it is asked first, and then with this machine. */
    @Test
    void looksAHostUpOnceForEachQuestion() throws Exception {
        var asked = new AtomicInteger();
        var hosts = new PublicHosts(host -> addresses(host, asked.getAndIncrement() == 0 ? "1.1.1.1" : "127.0.0.1"));

        assertThat(hosts.publicAddressOf("rebinding.test").getHostAddress()).isEqualTo("1.1.1.1");
        assertThat(asked).hasValue(1);
        assertThatExceptionOfType(NotPublic.class).isThrownBy(() -> hosts.publicAddressOf("rebinding.test"));
    }

    private static InetAddress[] addresses(String host, String... literals) throws UnknownHostException {
        var addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByAddress(
                    host, InetAddress.getByName(literals[i]).getAddress());
        }
        return addresses;
    }
}
