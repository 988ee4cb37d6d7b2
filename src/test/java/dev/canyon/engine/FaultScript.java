package dev.canyon.engine;

import dev.canyon.engine.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A fixed script of traffic, and faults that treat each connection and each datagram of it differently. */
public final class FaultScript {

    private static final int CONNECTIONS = 24;
    private static final int DATAGRAMS = 200;
    private static final int SIZE = 40;
    private static final int QUIET_MILLIS = 150;

    private FaultScript() {}

    public static List<Fault> tcpFaults() {
        return List.of(
                Faults.fault("corrupt", "id", "input", "direction", "in", "bits", 2, "everyBytes", 300, "seed", 11),
                Faults.fault("latency", "delayMs", 1, "jitterMs", 1, "seed", 12),
                Faults.fault("slice", "bytes", 50, "variationBytes", 40, "seed", 13),
                Faults.fault(
                        "corrupt", "everyBytes", 100, "when", Map.of("probability", 0.3), "per", "flow", "seed", 14),
                Faults.fault("limit", "bytes", 700, "when", Map.of("probability", 0.4), "seed", 15),
                Faults.fault("silence", "when", Map.of("every", 5)),
                Faults.fault("half-close", "afterBytes", 500, "when", Map.of("probability", 0.3), "seed", 16));
    }

    public static List<Fault> udpFaults() {
        return List.of(
                Faults.fault("drop", "direction", "in", "when", Map.of("probability", 0.2), "seed", 21),
                Faults.fault(
                        "burst-loss", "enterProbability", 0.1, "exitProbability", 0.5, "lossGood", 0.05, "seed", 22),
                Faults.fault("corrupt", "bits", 3, "when", Map.of("probability", 0.3), "seed", 23),
                Faults.fault("truncate", "bytes", 30, "when", Map.of("every", 7)),
                Faults.fault("duplicate", "when", Map.of("probability", 0.2), "seed", 24),
                Faults.fault(
                        "reorder",
                        "byDatagrams",
                        2,
                        "maxHoldMs",
                        60_000,
                        "when",
                        Map.of("probability", 0.1),
                        "seed",
                        25));
    }

    /** @return what each connection has received, in hexadecimal digits, and how it ended */
    public static List<String> tcp(InetSocketAddress to) throws IOException {
        List<String> received = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            byte[] message = new byte[1_000];
            new Random(i).nextBytes(message);
            received.add(exchange(to, message, new Random()));
        }
        return received;
    }

    /** @param cuts the pieces in which the message is sent, which make no difference */
    private static String exchange(InetSocketAddress to, byte[] message, Random cuts) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(to, 5_000);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            for (int from = 0; from < message.length; ) {
                int length = Math.min(message.length - from, 1 + cuts.nextInt(400));
                out.write(message, from, length);
                from += length;
            }
            socket.shutdownOutput();
            return HexFormat.of().formatHex(readToEnd(socket.getInputStream()));
        }
    }

    private static byte[] readToEnd(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException ex) {
            all.writeBytes(new byte[] {'R', 'S', 'T'});
        }
        return all.toByteArray();
    }

    /** @return the replies in the order in which they arrived, in hexadecimal digits */
    public static List<String> udp(InetSocketAddress to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, to.getAddress())) {
            List<String> received = new ArrayList<>();
            for (int number = 1; number <= DATAGRAMS; number++) {
                byte[] message = new byte[SIZE];
                new Random(number).nextBytes(message);
                ByteBuffer.wrap(message).putInt(number);
                socket.send(new DatagramPacket(message, SIZE, to));
                receive(socket, 1, received);
            }
            receive(socket, QUIET_MILLIS, received);
            return received;
        }
    }

    private static void receive(DatagramSocket socket, int quietMillis, List<String> received) throws IOException {
        socket.setSoTimeout(quietMillis);
        DatagramPacket reply = new DatagramPacket(new byte[2 * SIZE], 2 * SIZE);
        try {
            while (true) {
                socket.receive(reply);
                received.add(HexFormat.of().formatHex(reply.getData(), 0, reply.getLength()));
                reply.setLength(2 * SIZE);
            }
        } catch (SocketTimeoutException ex) {
            // Nothing more for now.
        }
    }
}
