package dev.canyon.probe.report;

import dev.canyon.probe.run.Criterion;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunResult;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.run.RunTarget;
import dev.canyon.probe.run.RunTarget.OwnListener;
import dev.canyon.probe.run.RunTarget.Remote;
import dev.canyon.probe.run.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as a report that CI systems read (the XML of JUnit, as Ant began it): one suite, with a case for each thing that the run
 * is judged by and a property for each figure.
 *
 * <p>A case that was missed is a failure. Where nothing can be said, all cases are errors, so that a pipeline stops; they are
 * skipped only if somebody cancelled the run, or it goes on.
 */
public final class RunXml {

    /** Those who check it with the schema of Ant want neither fractions nor a zone. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final String ROOT = "canyon.run.";

    /** What XML 1.0 cannot hold, escaped or not. */
    private static final String NOT_IN_XML = "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

    private RunXml() {}

    /** How a case went, in the words of the report. */
    private enum Mark {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String name, Mark mark, String message) {}

    /**
     * @param figures of the whole run, by name, in the order of the report; those that are empty are left out
     * @return in UTF-8
     */
    public static byte[] of(RunRecord run, Map<String, String> figures) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            write(run, figures, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException ex) {
            throw new IllegalStateException("the report of run " + run.id() + " could not be written", ex);
        }
        return bytes.toByteArray();
    }

    private static void write(RunRecord run, Map<String, String> figures, XMLStreamWriter xml)
            throws XMLStreamException {
        List<Case> cases = cases(run, String.valueOf(run.reason()));
        String target = label(run.spec().target());
        String seconds = run.result() == null
                ? "0"
                : String.format(Locale.ROOT, "%.3f", run.result().seconds());
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", ROOT + target);
        attribute(xml, "tests", String.valueOf(cases.size()));
        attribute(xml, "failures", count(cases, Mark.FAILURE));
        attribute(xml, "errors", count(cases, Mark.ERROR));
        attribute(xml, "skipped", count(cases, Mark.SKIPPED));
        attribute(xml, "time", seconds);
        attribute(xml, "timestamp", TIMESTAMP.format(run.startedAt()));
        writeProperties(figures, xml);
        for (Case each : cases) {
            write(each, ROOT + target, xml);
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void writeProperties(Map<String, String> figures, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> figure : figures.entrySet()) {
            if (!figure.getValue().isEmpty()) {
                xml.writeEmptyElement("property");
                attribute(xml, "name", figure.getKey());
                attribute(xml, "value", figure.getValue());
            }
        }
        xml.writeEndElement();
    }

    private static void write(Case each, String className, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", className);
        attribute(xml, "name", each.name);
        attribute(xml, "time", "0");
        switch (each.mark) {
            case PASSED -> {}
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                attribute(xml, "message", each.message);
            }
            case FAILURE -> writeFault("failure", "threshold", each.message, xml);
            case ERROR -> writeFault("error", "inconclusive", each.message, xml);
        }
        xml.writeEndElement();
    }

    private static void writeFault(String element, String type, String message, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement(element);
        attribute(xml, "type", type);
        attribute(xml, "message", message);
        xml.writeCharacters(legal(message));
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private static String legal(String text) {
        return text.replaceAll(NOT_IN_XML, "\uFFFD");
    }

    private static List<Case> cases(RunRecord run, String detail) {
        RunResult result = run.result();
        if (result == null) {
            return List.of(new Case("run", Mark.ERROR, detail));
        }
        return run.spec().thresholds().criteria(result).stream()
                .map(criterion -> new Case(
                        criterion.name(),
                        mark(run, criterion),
                        run.verdict() == null
                                ? "the run goes on"
                                : run.verdict() == Verdict.INCONCLUSIVE ? detail : criterion.toString()))
                .toList();
    }

    private static Mark mark(RunRecord run, Criterion criterion) {
        if (run.state() == RunState.RUNNING || run.state() == RunState.CANCELLED) {
            return Mark.SKIPPED;
        }
        if (run.verdict() == Verdict.INCONCLUSIVE) {
            return Mark.ERROR;
        }
        return criterion.isMet() ? Mark.PASSED : Mark.FAILURE;
    }

    private static String count(List<Case> cases, Mark mark) {
        return String.valueOf(cases.stream().filter(each -> each.mark == mark).count());
    }

    /** The same for each run of a target, so that a CI system shows how it went over time; dots would make packages of it. */
    private static String label(RunTarget target) {
        if (target instanceof Remote remote) {
            String where = remote.protocol() + "-" + remote.host() + "-" + remote.port();
            return where.replaceAll("[^A-Za-z0-9-]", "_");
        }
        return ((OwnListener) target).name();
    }
}
