using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Ui;

/// <summary>Who may open a page, as the page itself says it: with the attributes of a request. A page that says nothing is open to nobody, and a test finds it.</summary>
internal sealed record PagePermission(bool Anonymous, bool Anybody, IReadOnlyList<string> Roles)
{
    public static PagePermission Of(Type page) => new(
        page.GetCustomAttribute<AllowAnonymousAttribute>() is not null,
        page.GetCustomAttribute<AnyRoleAttribute>() is not null,
        page.GetCustomAttribute<RequiresRoleAttribute>()?.Roles ?? []);

    public static IEnumerable<Type> Pages { get; } = [.. typeof(PagePermission).Assembly.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any())];

    public bool Admits(Actor actor) => Anonymous || Anybody || actor.HoldsAny(Roles);

    public static Refusal Refusal(Type page, Actor actor) => new("forbidden",
        $"This page is for {string.Join(", ", Of(page).Roles)}; {actor.Subject} holds {(actor.Roles.Count == 0 ? "no role" : string.Join(", ", actor.Roles))}.", RefusalKind.Forbidden);
}

/// <summary>One entry of the navigation.</summary>
internal sealed record MenuItem(string Path, MenuEntryAttribute Entry, PagePermission Permission)
{
    public static IReadOnlyList<MenuItem> All { get; } =
    [
        .. PagePermission.Pages.Where(p => p.GetCustomAttribute<MenuEntryAttribute>() is not null)
            .Select(p => new MenuItem(p.GetCustomAttributes<RouteAttribute>().First().Template, p.GetCustomAttribute<MenuEntryAttribute>()!, PagePermission.Of(p)))
            .OrderBy(i => i.Entry.Order),
    ];
}
