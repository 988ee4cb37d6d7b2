package dev.canyon.probe.report;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunState;
import dev.canyon.probe.spec.Criterion;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.probe.spec.Verdict;
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
 * A run as a report for CI systems (JUnit XML, as introduced by Ant): one suite with a case for each criterion and a property for each
 * value.
 *
 * <p>A criterion that is not met is a failure. If a run is inconclusive all cases are errors, so that a pipeline stops; if it was
 * cancelled or is still running they are skipped.
 */
public final class RunXml {

    /** Ant's schema allows neither fractions of a second nor a time zone. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final String ROOT = "canyon.run.";

    /** Characters that XML 1.0 does not allow, escaped or not. */
    private static final String ILLEGAL_CHARACTER =
            "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

    private RunXml() {}

    /** The result of a case. */
    private enum CaseResult {
        PASSED,
        FAILURE,
        ERROR,
        SKIPPED
    }

    private record Case(String name, CaseResult result, String message) {}

    /** Returns the report in UTF-8; unknown values are omitted. */
    public static byte[] of(RunRecord run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            write(run, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException ex) {
            throw new IllegalStateException("failed to write the report of run " + run.id(), ex);
        }
        return bytes.toByteArray();
    }

    private static void write(RunRecord run, XMLStreamWriter xml) throws XMLStreamException {
        List<Case> cases = cases(run, String.valueOf(run.reason()));
        String target = label(run.spec().target());
        String seconds = run.result() == null
                ? "0"
                : String.format(Locale.ROOT, "%.3f", run.result().seconds());
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", ROOT + target);
        attribute(xml, "tests", String.valueOf(cases.size()));
        attribute(xml, "failures", count(cases, CaseResult.FAILURE));
        attribute(xml, "errors", count(cases, CaseResult.ERROR));
        attribute(xml, "skipped", count(cases, CaseResult.SKIPPED));
        attribute(xml, "time", seconds);
        attribute(xml, "timestamp", TIMESTAMP.format(run.startedAt()));
        writeProperties(RunFigures.of(run), xml);
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
        switch (each.result) {
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
        return text.replaceAll(ILLEGAL_CHARACTER, "\uFFFD");
    }

    private static List<Case> cases(RunRecord run, String detail) {
        RunResult result = run.result();
        if (result == null) {
            return List.of(new Case("run", CaseResult.ERROR, detail));
        }
        return run.spec().thresholds().criteria(result).stream()
                .map(criterion -> new Case(
                        criterion.name(),
                        caseResult(run, criterion),
                        run.verdict() == null
                                ? "the run is still running"
                                : run.verdict() == Verdict.INCONCLUSIVE ? detail : criterion.toString()))
                .toList();
    }

    private static CaseResult caseResult(RunRecord run, Criterion criterion) {
        if (run.state() == RunState.RUNNING || run.state() == RunState.CANCELLED) {
            return CaseResult.SKIPPED;
        }
        if (run.verdict() == Verdict.INCONCLUSIVE) {
            return CaseResult.ERROR;
        }
        return criterion.isMet() ? CaseResult.PASSED : CaseResult.FAILURE;
    }

    private static String count(List<Case> cases, CaseResult result) {
        return String.valueOf(
                cases.stream().filter(each -> each.result == result).count());
    }

    /** Returns the same name for each run of a target, so that a CI system shows its history. It has no dots, which separate packages. */
    private static String label(RunTarget target) {
        if (target instanceof Remote remote) {
            String name = remote.protocol() + "-" + remote.host() + "-" + remote.port();
            return name.replaceAll("[^A-Za-z0-9-]", "_");
        }
        return ((OwnListener) target).name();
    }
}
