using System.Reflection;
using FluentValidation;
using MediatR;

namespace MLOpsGovernance.Server.Requests;

internal static class RequestSetup
{
    /// <summary>Every handler, validator and behaviour of this assembly. The first behaviour registered runs outermost.</summary>
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddScoped<Caller>();
        services.AddScoped<GrainCommands>();
        services.AddTransient<ServiceFactory>(provider => type => provider.GetService(type)!);
        services.AddTransient<IMediator, Mediator>();

        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(Tracing<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(RoleAuthorization<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(Validation<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TeamAuthorization<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(Audit.Watching<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(Preconditions<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(Idempotency<,>));
        services.AddSingleton<Answers>();

        foreach (var (contract, type) in Implementations(typeof(IRequestHandler<,>))) services.AddTransient(contract, type);
        foreach (var (contract, type) in Implementations(typeof(IValidator<>))) services.AddSingleton(contract, type);
        return services;
    }

    internal static IEnumerable<(Type Contract, Type Type)> Implementations(Type generic) =>
        from type in Assembly.GetExecutingAssembly().DefinedTypes
        where type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        from contract in type.ImplementedInterfaces
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == generic
        select (contract, (Type)type);
}
