using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Teams;

/// <summary>A contributor or engineering lead who forms a team belongs to it.</summary>
[AnyTeam, RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record FormTeam(string Name, string? DisplayName) : ICommand<TeamView>
{
    public string Stream => $"team:{Name}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RenameTeam(string Name, string? DisplayName) : ICommand<TeamView>
{
    public string Stream => $"team:{Name}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record PutMember(string Team, string Subject, IReadOnlyList<string> Functions, IReadOnlyList<string> Skills) : ICommand<TeamView>
{
    public string Stream => $"team:{Team}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RemoveMember(string Team, string Subject) : ICommand<TeamView>
{
    public string Stream => $"team:{Team}";
}

[AnyRole]
internal sealed record ReadTeam(string Name) : IQuery<TeamView>;

/// <param name="Founder">Who formed it and belongs to it without having joined; left out where it was formed for others.</param>
internal sealed record TeamView(string Name, string? DisplayName, DateTimeOffset FormedAt, IReadOnlyList<Member> Members, string? Founder) : ITagged
{
    public static TeamView Of(Team team) => new(team.Name!, team.DisplayName, team.FormedAt, [.. team.Members.Values], team.Founder);

    public static Result<TeamView> Answer(Snapshot<Team> read) => new(Of(read.State), Edition: read.Edition);
}

internal sealed class FormTeamRules : AbstractValidator<FormTeam>
{
    public FormTeamRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.DisplayName).IsText(0, 200);
    }
}

internal sealed class RenameTeamRules : AbstractValidator<RenameTeam>
{
    public RenameTeamRules()
    {
        RuleFor(c => c.Name).IsName();
        RuleFor(c => c.DisplayName).IsText(0, 200);
    }
}

internal sealed class PutMemberRules : AbstractValidator<PutMember>
{
    public PutMemberRules()
    {
        RuleFor(c => c.Team).IsName();
        RuleFor(c => c.Subject).IsSubject();
        RuleForEach(c => c.Functions).IsOneOf(Functions.All);
        RuleFor(c => c.Functions).Must(f => f.Distinct(StringComparer.Ordinal).Count() == f.Count).WithMessage("each function is named once.");
        RuleForEach(c => c.Skills).IsText(1, 100);
        RuleFor(c => c.Skills).Must(s => s.Count <= Rules.MostListed).WithMessage($"at most {Rules.MostListed} skills.");
    }
}

internal sealed class RemoveMemberRules : AbstractValidator<RemoveMember>
{
    public RemoveMemberRules()
    {
        RuleFor(c => c.Team).IsName();
        RuleFor(c => c.Subject).IsSubject();
    }
}

internal sealed class TeamHandlers(IGrainFactory grains, GrainCommands commands, Caller caller, People people, EventIds events) :
    IRequestHandler<FormTeam, Result<TeamView>>, IRequestHandler<RenameTeam, Result<TeamView>>,
    IRequestHandler<PutMember, Result<TeamView>>, IRequestHandler<RemoveMember, Result<TeamView>>, IRequestHandler<ReadTeam, Result<TeamView>>
{
    public async Task<Result<TeamView>> Handle(FormTeam request, CancellationToken cancellationToken) =>
        await ExecuteAsync(request.Name, new Domain.Teams.FormTeam(request.Name, request.DisplayName)) with { Created = $"/api/v1/teams/{request.Name}" };

    public Task<Result<TeamView>> Handle(RenameTeam request, CancellationToken cancellationToken) => ExecuteAsync(request.Name, new Domain.Teams.RenameTeam(request.DisplayName));

    public async Task<Result<TeamView>> Handle(PutMember request, CancellationToken cancellationToken)
    {
        var answer = await ExecuteAsync(request.Team, new Domain.Teams.PutMember(request.Subject, request.Functions, request.Skills));
        if (answer.Refusal is not null || await people.KnowAsync(request.Subject)) return answer;

        caller.Causation = await events.LastAsync(request.Stream, [EventNames.All[typeof(MemberJoined)], EventNames.All[typeof(MemberChanged)]], "subject", request.Subject, cancellationToken);
        SubjectCommand recognize = new RecognizePerson(request.Subject, $"team:{request.Team}");
        await commands.ExecuteAsync(grains.GetGrain<ISubjectGrain>(request.Subject), $"subject:{request.Subject}", recognize);
        return answer;
    }

    public Task<Result<TeamView>> Handle(RemoveMember request, CancellationToken cancellationToken) => ExecuteAsync(request.Team, new Domain.Teams.RemoveMember(request.Subject));

    public async Task<Result<TeamView>> Handle(ReadTeam request, CancellationToken cancellationToken) =>
        Name.IsValid(request.Name) && await grains.GetGrain<ITeamGrain>(request.Name).Read() is { State.Exists: true } read
            ? TeamView.Answer(read)
            : new Refusal("team-unknown", "There is no such team.", RefusalKind.NotFound);

    private async Task<Result<TeamView>> ExecuteAsync(string name, TeamCommand command)
    {
        var grain = grains.GetGrain<ITeamGrain>(name);
        var outcome = await commands.ExecuteAsync(grain, $"team:{name}", command);
        return outcome.Refusal is { } refusal ? refusal : TeamView.Answer(await grain.Read());
    }
}
