// A layer of Vulkan that says once that the device is lost: in the submission, or the wait, of number LOST_AT.
// The loader's interface for layers is declared here as far as it is needed, so that no header has to be there.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Function)(void);
typedef Function (*Get)(void *object, const char *name);
typedef struct Link { struct Link *next; Get of_instance; Get of_device; } Link;
typedef struct { int32_t type; const void *next; int32_t function; Link *link; } Chain;
typedef struct { int32_t type; const void *next; } Info;
typedef int32_t (*CreateInstance)(const Info *, const void *, void **);
typedef int32_t (*CreateDevice)(void *, const Info *, const void *, void **);
typedef int32_t (*Submit)(void *, uint32_t, const void *, uint64_t);
typedef int32_t (*WaitSemaphores)(void *, const void *, uint64_t);
typedef int32_t (*WaitFences)(void *, uint32_t, const uint64_t *, uint32_t, uint64_t);

enum { INSTANCE_CHAIN = 47, DEVICE_CHAIN = 48, LOST = -4, FAILED = -3 };

static Get next_of_instance, next_of_device;
static Submit next_submit;
static WaitSemaphores next_wait_semaphores;
static WaitFences next_wait_fences;
static int submitted, waited;

// The part of `info` in which the loader says who comes next.
static Chain *chain(const Info *info, int32_t type) {
    for (info = info->next; info; info = info->next) {
        Chain *found = (Chain *)info;
        if (info->type == type && found->function == 0) return found;
    }
    return NULL;
}

static int is_lost(const char *where, int *calls) {
    const char *here = getenv("LOST_IN"), *at = getenv("LOST_AT");
    return here && at && !strcmp(here, where) && ++*calls == atoi(at);
}

static int32_t submit(void *queue, uint32_t count, const void *submits, uint64_t fence) {
    return is_lost("submit", &submitted) ? LOST : next_submit(queue, count, submits, fence);
}

static int32_t wait_semaphores(void *device, const void *info, uint64_t timeout) {
    return is_lost("wait", &waited) ? LOST : next_wait_semaphores(device, info, timeout);
}

static int32_t wait_fences(void *device, uint32_t count, const uint64_t *fences, uint32_t all, uint64_t timeout) {
    return is_lost("wait", &waited) ? LOST : next_wait_fences(device, count, fences, all, timeout);
}

static int32_t create_instance(const Info *info, const void *memory, void **instance) {
    Chain *found = chain(info, INSTANCE_CHAIN);
    if (!found) return FAILED;
    next_of_instance = found->link->of_instance;
    found->link = found->link->next;
    return ((CreateInstance)next_of_instance(NULL, "vkCreateInstance"))(info, memory, instance);
}

static int32_t create_device(void *adapter, const Info *info, const void *memory, void **device) {
    Chain *found = chain(info, DEVICE_CHAIN);
    if (!found) return FAILED;
    Get of_instance = found->link->of_instance;
    next_of_device = found->link->of_device;
    found->link = found->link->next;
    int32_t made = ((CreateDevice)of_instance(NULL, "vkCreateDevice"))(adapter, info, memory, device);
    if (made == 0) {
        next_submit = (Submit)next_of_device(*device, "vkQueueSubmit");
        next_wait_semaphores = (WaitSemaphores)next_of_device(*device, "vkWaitSemaphores");
        next_wait_fences = (WaitFences)next_of_device(*device, "vkWaitForFences");
    }
    return made;
}

Function vkGetDeviceProcAddr(void *device, const char *name);

// What this layer does itself; NULL for all else.
static Function own(const char *name) {
    if (!strcmp(name, "vkGetDeviceProcAddr")) return (Function)vkGetDeviceProcAddr;
    if (!strcmp(name, "vkCreateInstance")) return (Function)create_instance;
    if (!strcmp(name, "vkCreateDevice")) return (Function)create_device;
    if (!strcmp(name, "vkQueueSubmit")) return (Function)submit;
    if (!strcmp(name, "vkWaitForFences")) return (Function)wait_fences;
    if (!strncmp(name, "vkWaitSemaphores", 16)) return (Function)wait_semaphores; // Also with KHR behind it.
    return NULL;
}

Function vkGetDeviceProcAddr(void *device, const char *name) {
    Function mine = own(name);
    return mine ? mine : next_of_device(device, name);
}

Function vkGetInstanceProcAddr(void *instance, const char *name) {
    Function mine = own(name);
    if (mine) return mine;
    return next_of_instance ? next_of_instance(instance, name) : NULL;
}
