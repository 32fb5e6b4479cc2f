package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.process.Readiness;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stack of {@code up} and {@code demo} has passwords that everybody knows: nobody outside this machine reaches it. */
@ExtendWith(OneStack.class)
final class OneMachineTest {
    private static final int PATIENCE_MS = 2_000;

    @ParameterizedTest
    @EnumSource
    void listensForThisMachineAlone(Listener listener, Stack stack) throws IOException {
        var outside = ownAddress();

        assertThat(Readiness.isOpen(stack.ports().of(listener))).isTrue();
        assertThat(isOpen(outside, stack.ports().of(listener))).isFalse();
    }

    private static boolean isOpen(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One by which others reach this machine. */
    private static InetAddress ownAddress() throws IOException {
        var found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        if (found.isEmpty()) {
            var reason = "NOT RUN: that the stack listens nowhere else, because this machine has no other address";
            System.err.println(reason);
            abort(reason);
        }
        return found.orElseThrow();
    }
}
