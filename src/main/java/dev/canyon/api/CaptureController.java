package dev.canyon.api;

import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.Faults;
import dev.canyon.inspect.CapturePosition;
import dev.canyon.inspect.Captured;
import dev.canyon.inspect.Captures;
import dev.canyon.inspect.PcapngWriter;
import dev.canyon.transport.LimitReachedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** Captured traffic over HTTP. How each call is described to its users is in {@link CaptureApi}. */
@RestController
@RequestMapping(path = ListenerController.PATH + "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class CaptureController implements CaptureApi {

    private static final String PCAPNG = "application/x-pcapng";
    private static final String DOWNLOADS = "capture-downloads";

    /** Each holds a whole capture while its client reads, whatever the capture lets go meanwhile. */
    private static final int MOST_DOWNLOADS = 4;

    private final Semaphore downloads = new Semaphore(MOST_DOWNLOADS);
    private final Captures captures;
    private final BodyReader bodies;

    CaptureController(Captures captures, BodyReader bodies) {
        this.captures = captures;
        this.bodies = bodies;
    }

    @Override
    @PutMapping(path = "/capture", consumes = MediaType.APPLICATION_JSON_VALUE)
    public CaptureView put(@PathVariable String name, @RequestBody ObjectNode body) {
        requireListener(name);
        return CaptureView.of(
                captures.put(name, bodies.read(body, CaptureRequest.class).toSettings()));
    }

    @Override
    @GetMapping("/capture")
    public CaptureView get(@PathVariable String name) {
        return CaptureView.of(captures.status(name));
    }

    @Override
    @DeleteMapping("/capture")
    public CaptureView delete(@PathVariable String name) {
        return CaptureView.of(captures.remove(name));
    }

    @Override
    @GetMapping("/capture/messages")
    public DeferredResult<CapturePageView> messages(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryNames.check(parameters, List.of("limit", "cursor", WaitMs.NAME), faults);
        int limit = PageLimit.of(parameters.getFirst("limit"), faults);
        Duration wait = WaitMs.of(parameters.getFirst(WaitMs.NAME), faults);
        faults.throwIfAny();
        CapturePosition after = CapturePageView.position(parameters.getFirst("cursor"));
        return WaitMs.answer(captures.page(name, after, limit, wait).thenApply(CapturePageView::of), wait);
    }

    @Override
    @GetMapping(path = "/capture.pcapng", produces = PCAPNG)
    public void download(@PathVariable String name, HttpServletResponse response) throws IOException {
        requireListener(name);
        if (!downloads.tryAcquire()) {
            throw new LimitReachedException(
                    DOWNLOADS,
                    "there are " + MOST_DOWNLOADS + " downloads of captures, and there may be no more: wait for one");
        }
        try {
            write(captures.all(name), name, response);
        } finally {
            downloads.release();
        }
    }

    private static void write(List<Captured> all, String name, HttpServletResponse response) throws IOException {
        response.setContentType(PCAPNG);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name + ".pcapng")
                        .build()
                        .toString());
        PcapngWriter writer = new PcapngWriter(response.getOutputStream());
        for (Captured each : all) {
            writer.write(each);
        }
    }

    /** Before the body is looked at: to know that there is no such listener helps more than what is wrong with it. */
    private void requireListener(String name) {
        captures.status(name);
    }
}
