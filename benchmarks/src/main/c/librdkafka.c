/*
 * librdkafka as one more side of the comparison. Loads the library that the machine has; brings none along and needs no headers,
 * which is why the few functions that it calls are declared here.
 *
 *   librdkafka LIBRARY version
 *   librdkafka LIBRARY BOOTSTRAP TOPIC VALUES_FILE VALUE_BYTES SPREAD [KEY=VALUE ...]
 *
 * In the second form it prints "ready", and then answers each line "window SECONDS" with what the Java class Window reads: records, wall
 * seconds, CPU seconds, and zeros for what only a JVM has. Values lie in the file one after the other, all of one size.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PARTITION_UNASSIGNED = -1, PRODUCER = 0, COPY_PAYLOAD = 2, QUEUE_FULL = -184, CHUNK = 64, FLUSH_MILLIS = 60000 };

/* Only its first field is read. */
struct message { int error; };

static const char *(*version_str)(void);
static void *(*conf_new)(void);
static int (*conf_set)(void *, const char *, const char *, char *, size_t);
static void (*conf_set_dr_msg_cb)(void *, void (*)(void *, const struct message *, void *));
static void *(*producer_new)(int, void *, char *, size_t);
static void *(*topic_new)(void *, const char *, void *);
static int (*produce)(void *, int, int, void *, size_t, const void *, size_t, void *);
static int (*last_error)(void);
static int (*poll_events)(void *, int);
static int (*flush)(void *, int);

static long failed;

static void on_delivery(void *producer, const struct message *message, void *opaque) {
    if (message->error) failed++;
}

static void *find(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (!found) {
        fprintf(stderr, "%s is not in the library\n", name);
        exit(1);
    }
    return found;
}

static void load(const char *path) {
    void *library = dlopen(path, RTLD_NOW);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    version_str = find(library, "rd_kafka_version_str");
    conf_new = find(library, "rd_kafka_conf_new");
    conf_set = find(library, "rd_kafka_conf_set");
    conf_set_dr_msg_cb = find(library, "rd_kafka_conf_set_dr_msg_cb");
    producer_new = find(library, "rd_kafka_new");
    topic_new = find(library, "rd_kafka_topic_new");
    produce = find(library, "rd_kafka_produce");
    last_error = find(library, "rd_kafka_last_error");
    poll_events = find(library, "rd_kafka_poll");
    flush = find(library, "rd_kafka_flush");
}

static void set(void *conf, const char *key, const char *value) {
    char error[256];
    if (conf_set(conf, key, value, error, sizeof error)) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
}

static double wall_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static char *read_values(const char *path, long *size) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    char *values = malloc(*size);
    if (fread(values, 1, *size, file) != (size_t)*size) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return values;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "see the top of librdkafka.c\n");
        return 1;
    }
    load(argv[1]);
    if (argc < 7) {
        printf("%s\n", version_str());
        return 0;
    }
    char error[512];
    void *conf = conf_new();
    set(conf, "bootstrap.servers", argv[2]);
    set(conf, "enable.idempotence", "true");
    set(conf, "acks", "all");
    for (int i = 7; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        *equals = 0;
        set(conf, argv[i], equals + 1);
    }
    conf_set_dr_msg_cb(conf, on_delivery);
    void *producer = producer_new(PRODUCER, conf, error, sizeof error);
    if (!producer) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    void *topic = topic_new(producer, argv[3], NULL);
    long values_bytes;
    char *values = read_values(argv[4], &values_bytes);
    int value_bytes = atoi(argv[5]);
    long count = values_bytes / value_bytes;
    int spread = atoi(argv[6]);
    int partition = 0;
    printf("ready\n");
    fflush(stdout);
    char order[64];
    double seconds;
    while (fgets(order, sizeof order, stdin) && sscanf(order, "window %lf", &seconds) == 1) {
        double cpu = cpu_seconds();
        double began = wall_seconds();
        long records = 0;
        while (wall_seconds() < began + seconds) {
            for (int i = 0; i < CHUNK; i++, records++) {
                int to = PARTITION_UNASSIGNED;
                if (spread) {
                    to = partition;
                    partition = partition + 1 == spread ? 0 : partition + 1;
                }
                while (produce(topic, to, COPY_PAYLOAD, values + records % count * value_bytes, value_bytes, NULL, 0, NULL)) {
                    if (last_error() != QUEUE_FULL) {
                        fprintf(stderr, "produce: error %d\n", last_error());
                        return 1;
                    }
                    poll_events(producer, 10);
                }
            }
            poll_events(producer, 0);
        }
        if (flush(producer, FLUSH_MILLIS)) {
            fprintf(stderr, "flush did not end\n");
            return 1;
        }
        double wall = wall_seconds() - began;
        printf("%ld %f %f 0 0 0 0 %ld\n", records, wall, cpu_seconds() - cpu, failed);
        fflush(stdout);
    }
    return 0;
}
