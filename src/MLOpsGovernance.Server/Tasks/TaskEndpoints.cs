using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Tasks;

internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api) =>
        api.MapGroup("/tasks").WithTags("Tasks").MapGet(
                "", async (bool? all, string? kind, string? model, string? team, bool? overdue, Moment? dueBefore, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                    (await mediator.Send(new ListTasks(all ?? false, kind, model, team, overdue, dueBefore?.At, page), cancellationToken)).ToHttp())
            .Answers<Listed<TaskView>>(200, 403).WithSummary("What waits for you, by due date");
}
