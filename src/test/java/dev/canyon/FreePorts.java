package dev.canyon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that a test may open later. None is from the range that the kernel takes ports from for port 0 and for clients, so that no
 * other socket gets it meanwhile.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;

    /** Ephemeral ports begin at 32768 on Linux ({@code net.ipv4.ip_local_port_range}). */
    private static final int COUNT = 20_000;

    private FreePorts() {}

    /** One that is free on every address, for TCP and UDP. */
    public static int next() {
        return next(1);
    }

    /** The first of so many free ones, one after the other. */
    public static int next(int together) {
        while (true) {
            int first = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (areFree(first, together)) {
                return first;
            }
        }
    }

    private static boolean areFree(int first, int together) {
        for (int port = first; port < first + together; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket tcp = new ServerSocket(port);
                DatagramSocket udp = new DatagramSocket(port)) {
            return tcp.isBound() && udp.isBound();
        } catch (BindException ex) {
            return false;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
