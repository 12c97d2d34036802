#include "ticket/assignment.h"

#include "base/clock.h"
#include "base/die.h"
#include "ticket/clock.h"
#include "ticket/judgment.h"
#include "ticket/route.h"

/* The channel of what the center's own programs find; the default where the configuration has
 * none of this code. */
static const char channel[] = "platform";

static void fill(struct intake *intake, const struct assignment *errand, struct arena *arena,
                 char *values[TICKET_FIELD_COUNT])
{
    char at[CLOCK_TEXT_SIZE];
    values[TICKET_SOURCE] = arena_string(arena, errand->source);
    values[TICKET_REF] = arena_string(arena, errand->ref);
    values[TICKET_KIND] = arena_string(arena, errand->kind);
    values[TICKET_TITLE] = arena_string(arena, errand->title);
    values[TICKET_BODY] = arena_string(arena, errand->body);
    if (errand->at)
        values[TICKET_RECEIVED] = arena_string(arena, clock_print(errand->at, at));
    if (config_channel(intake->center->config, channel))
        values[TICKET_CHANNEL] = arena_string(arena, channel);
}

/* Gives the ticket a last day of its own in the place of its kind's limit. */
static void set_until(struct center *center, const struct assignment *errand, struct ticket *ticket)
{
    const struct config *config = center->config;
    struct deadline deadline;
    ticket->until_day = errand->until;
    ticket->limit_days = ticketclock_errand_days(center, ticket);
    if (!deadline_compute(center_calendar(center), &config->rule, ticket->received_at,
                          ticket->limit_days, &deadline))
        die("%s %s: its deadline lies outside 1990 to 2119", errand->source, errand->ref);
    ticket->due_at = deadline.due_at;
    ticket->provisional = deadline.provisional;
}

bool assignment_open(struct intake *intake, const struct assignment *errand, int64_t *id)
{
    struct center *center = intake->center;
    struct arena arena = {0};
    struct ticket ticket;
    char *values[TICKET_FIELD_COUNT] = {NULL};
    struct fault fault, note;
    fill(intake, errand, &arena, values);
    if (!intake_ticket(intake, values, NULL, &ticket, &fault, &note))
        die("%s %s: %s", errand->source, errand->ref, fault.text);
    ticket.errand = true;
    if (judgment_spares(center->config, &ticket))
        ticket.next_level_at = 0; /* no ladder judges it */
    if (errand->until)
        set_until(center, errand, &ticket);
    bool added = ticket_add(intake, &ticket, &fault) == TICKET_ADDED;
    *id = ticket.id;
    if (added) {
        const struct route route = {.lead = errand->org, .basis = errand->basis};
        route_dispatch(center, ticket_get(center->db, ticket.id, &arena), &arena, &route,
                       errand->at ? errand->at : center->now);
    }
    arena_free(&arena);
    return added;
}
