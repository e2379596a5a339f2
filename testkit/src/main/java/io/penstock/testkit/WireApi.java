package io.penstock.testkit;

/**
 * The questions that {@link WireConnection} asks, each in no later version than its answer is understood here.
 *
 * <p>The producer's own {@code ApiKey} knows none that is for consumers or administrators.
 */
enum WireApi {
    FETCH("Fetch", 1, 4, 11, 12), // 11 is the last before topics are named by id only, or flexible
    LIST_OFFSETS("ListOffsets", 2, 1, 5, 6),
    METADATA("Metadata", 3, 0, 9, 9), // topic ids came with 10, a null name only with an id with 12; neither is needed
    API_VERSIONS("ApiVersions", 18, 0, 0, Integer.MAX_VALUE),
    CREATE_TOPICS("CreateTopics", 19, 2, 7, 5);

    private final String label;
    private final short id;
    private final int oldest;
    private final int newest;
    private final int firstFlexible;

    WireApi(String label, int id, int oldest, int newest, int firstFlexible) {
        this.label = label;
        this.id = (short) id;
        this.oldest = oldest;
        this.newest = newest;
        this.firstFlexible = firstFlexible;
    }

    String label() {
        return label;
    }

    short id() {
        return id;
    }

    int oldest() {
        return oldest;
    }

    int newest() {
        return newest;
    }

    short requestHeaderVersion(short version) {
        return (short) (version >= firstFlexible ? 2 : 1);
    }

    short responseHeaderVersion(short version) {
        return (short) (version >= firstFlexible ? 1 : 0);
    }
}
