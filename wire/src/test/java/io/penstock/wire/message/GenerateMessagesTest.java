package io.penstock.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.generator.GenerateMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateMessagesTest {

    @TempDir
    private Path sources;

    @Test
    void main_whenAMessageIsNoLongerAskedFor_deletesWhatAnEarlierBuildWrote() throws Exception {
        // prevents a checkout that was built before from compiling messages that nothing belongs to any more
        GenerateMessages.main(new String[] {sources.toString(), "Produce", "EndTxn"});
        GenerateMessages.main(new String[] {sources.toString(), "Produce"});

        Path folder = sources.resolve("io/penstock/wire/message");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "RequestHeader.java",
                            "ResponseHeader.java",
                            "ProduceRequest.java",
                            "ProduceResponse.java",
                            "ApiKey.java");
        }
    }

    @Test
    void main_intoAnotherPackage_writesMessagesThatApiKeyDoesNotKnow() throws Exception {
        GenerateMessages.main(new String[] {sources.toString(), "--into", "org.example", "Fetch"});

        Path folder = sources.resolve("org/example");
        assertThat(Files.readString(folder.resolve("FetchRequest.java")))
                .contains("package org.example;", "class FetchRequest implements Message")
                .doesNotContain("ApiKey");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }
}
