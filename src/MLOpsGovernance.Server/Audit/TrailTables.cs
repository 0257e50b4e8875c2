using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// By what events are found: written after they are stored, so that storing them costs nothing more. Words are kept as hashes; those of sealed text are hashed with a key that follows from its
/// own, so that they say nothing once that key is destroyed.
/// </summary>
internal static class TrailTables
{
    internal const string
        Words = $"{MartenSetup.Schema}.trail_words",
        Marks = $"{MartenSetup.Schema}.trail_marks",
        State = $"{MartenSetup.Schema}.trail_state";

    internal const string Sql = $"""
        create table if not exists {Words} (
            seq bigint primary key,
            words bigint[] not null);
        create index if not exists trail_words_of_events on {Words} using gin (words);

        -- No event up to that number is later than that.
        create table if not exists {Marks} (
            seq bigint primary key,
            latest timestamptz not null);
        create index if not exists trail_marks_by_time on {Marks} (latest, seq);

        create table if not exists {State} (
            one boolean primary key default true check (one),
            seq bigint not null,
            latest timestamptz);
        """;
}
