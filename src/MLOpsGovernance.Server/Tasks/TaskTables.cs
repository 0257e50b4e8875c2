using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>
/// The open tasks. Each stands once for each audience that may do it, and once for everybody's list (<c>*</c>), so that the next tasks of one person are read in order from an index, however many there are of others.
/// </summary>
internal static class TaskTables
{
    public const string Name = $"{MartenSetup.Schema}.tasks";

    public const string Replace = $"{MartenSetup.Schema}.replace_tasks";

    public const string Sql = $$"""
        create table if not exists {{Name}} (
            audience text not null,
            id text not null,
            kind text not null,
            ahead boolean not null,
            due timestamptz not null,
            since timestamptz not null,
            until timestamptz,
            model text,
            version integer,
            dataset text,
            subject text,
            role text,
            environment text,
            item text,
            team text,
            assignee text,
            for_team boolean not null,
            outside_team boolean not null,
            roles text[] not null,
            excluded text[] not null,
            primary key (id, audience));
        create index if not exists tasks_in_order on {{Name}} (audience, ahead, due, id);
        create index if not exists tasks_of_models on {{Name}} (model, due, id) where audience = '*';
        create index if not exists tasks_of_teams on {{Name}} (team, due, id) where audience = '*';

        -- A procedure, because the batch of a projection takes no answer from what it is made of.
        create or replace procedure {{Replace}}(gone text[], came jsonb) language plpgsql as $tasks$
        begin
            delete from {{Name}} where id = any(gone);
            insert into {{Name}}
                select audience, t.id, t.kind, t.ahead, t.due, t.since, t.until, t.model, t.version, t.dataset, t.subject, t.role, t.environment, t.item, t.team, t.assignee, t.for_team, t.outside_team, t.roles, t.excluded
                from jsonb_to_recordset(came) as t (
                    audiences text[], id text, kind text, ahead boolean, due timestamptz, since timestamptz, until timestamptz, model text, version integer, dataset text, subject text, role text,
                    environment text, item text, team text, assignee text, for_team boolean, outside_team boolean, roles text[], excluded text[]),
                unnest(t.audiences) audience;
        end $tasks$;
        """;
}
