/* Words of names in Latin script that are no given names: family names of Spain, Portugal and Latin America, which come
 * in pairs; those of Vietnam, which come first; nouns behind "Maria de"; and servants of. Folded and in bytewise order.
 */
#include "value/person_name_words.h"

enum { F = NAME_FAMILY, V = NAME_VIETNAMESE, M = NAME_MARIAN, S = NAME_SERVANT };

/* clang-format off */
static const struct name_word family[] = {
    {"abd", S}, {"abdal", S}, {"abdel", S}, {"abdoul", S}, {"abdul", S}, {"abu", S}, {"acosta", F}, {"aguilar", F},
    {"aguirre", F}, {"ajuda", M}, {"alarcon", F}, {"alcaraz", F}, {"almeida", F}, {"alvarado", F}, {"alvarenga", F},
    {"alvarez", F}, {"alves", F}, {"amaral", F}, {"andrade", F}, {"anjos", M}, {"antunes", F}, {"aparicio", F},
    {"aragon", F}, {"araujo", F}, {"arias", F}, {"arroyo", F}, {"assis", M}, {"avendano", F}, {"avila", F},
    {"azevedo", F}, {"ballesteros", F}, {"barbosa", F}, {"barrera", F}, {"barreto", F}, {"barros", F}, {"batista", F},
    {"becerra", F}, {"benitez", F}, {"bermudez", F}, {"bernal", F}, {"blanco", F}, {"borges", F}, {"bravo", F},
    {"brito", F}, {"bui", V}, {"bustamante", F}, {"bustos", F}, {"caballero", F}, {"cabrera", F}, {"calderon", F},
    {"calvo", F}, {"camacho", F}, {"camargo", F}, {"campos", F}, {"cano", F}, {"carballo", F}, {"cardenas", F},
    {"cardoso", F}, {"carmo", M}, {"carmona", F}, {"carrasco", F}, {"carrillo", F}, {"carvalho", F}, {"castano", F},
    {"castellanos", F}, {"castilla", F}, {"castillo", F}, {"castro", F}, {"cervantes", F}, {"ceu", M}, {"cisneros", F},
    {"coelho", F}, {"contreras", F}, {"cordero", F}, {"cordoba", F}, {"correa", F}, {"correia", F}, {"cortes", F},
    {"costa", F}, {"crespo", F}, {"cristo", M}, {"cuevas", F}, {"cunha", F}, {"dang", V}, {"delgado", F}, {"deus", M},
    {"dias", F}, {"diaz", F}, {"diez", F}, {"dinh", V}, {"dios", M}, {"domingues", F}, {"dominguez", F}, {"dores", M},
    {"duarte", F}, {"duong", V}, {"duran", F}, {"escobar", F}, {"espinosa", F}, {"espinoza", F}, {"esteves", F},
    {"estrada", F}, {"farias", F}, {"fernandes", F}, {"fernandez", F}, {"ferreira", F}, {"ferrer", F},
    {"figueiredo", F}, {"figueroa", F}, {"flores", F}, {"fonseca", F}, {"freire", F}, {"freitas", F}, {"fuentes", F},
    {"galindo", F}, {"gallardo", F}, {"gallego", F}, {"garcia", F}, {"garrido", F}, {"garza", F}, {"gimenez", F},
    {"gomes", F}, {"gomez", F}, {"goncalves", F}, {"gonzales", F}, {"gonzalez", F}, {"graca", M}, {"gracas", M},
    {"guerra", F}, {"guerrero", F}, {"guimaraes", F}, {"gutierrez", F}, {"guzman", F}, {"henriques", F},
    {"heredia", F}, {"hernandez", F}, {"herrera", F}, {"herrero", F}, {"hidalgo", F}, {"ho", V}, {"hoang", V},
    {"hurtado", F}, {"huynh", V}, {"ibanez", F}, {"iglesias", F}, {"jimenez", F}, {"juarez", F}, {"lara", F},
    {"le", V}, {"leon", F}, {"llorente", F}, {"lopes", F}, {"lopez", F}, {"lourenco", F}, {"lozano", F}, {"luna", F},
    {"macedo", F}, {"machado", F}, {"macias", F}, {"magalhaes", F}, {"maldonado", F}, {"mar", M}, {"marin", F},
    {"marques", F}, {"marquez", F}, {"martinez", F}, {"martins", F}, {"mata", F}, {"matos", F}, {"medeiros", F},
    {"medina", F}, {"mejia", F}, {"melo", F}, {"mendes", F}, {"mendez", F}, {"mendonca", F}, {"mendoza", F},
    {"menendez", F}, {"merces", M}, {"mesa", F}, {"milagro", M}, {"milagros", M}, {"miranda", F}, {"molina", F},
    {"monteiro", F}, {"montero", F}, {"montes", F}, {"montoya", F}, {"mora", F}, {"moraes", F}, {"morais", F},
    {"morales", F}, {"moreira", F}, {"moreno", F}, {"moura", F}, {"moya", F}, {"munoz", F}, {"murillo", F},
    {"nascimento", F}, {"navarrete", F}, {"navarro", F}, {"nazare", M}, {"neves", F}, {"ngo", V}, {"nguyen", V},
    {"nieto", F}, {"nieves", M}, {"nogueira", F}, {"novaes", F}, {"nunes", F}, {"nunez", F}, {"ochoa", F},
    {"olivares", F}, {"oliveira", F}, {"orozco", F}, {"ortega", F}, {"ortiz", F}, {"pacheco", F}, {"padilla", F},
    {"padua", M}, {"palacios", F}, {"paredes", F}, {"parra", F}, {"pastor", F}, {"paz", M}, {"peixoto", F},
    {"pena", F}, {"penha", M}, {"peralta", F}, {"pereira", F}, {"perez", F}, {"pham", V}, {"phan", V}, {"pinheiro", F},
    {"pinto", F}, {"pires", F}, {"ponce", F}, {"prado", F | M}, {"prieto", F}, {"queiroz", F}, {"quintana", F},
    {"quintero", F}, {"ramirez", F}, {"ramos", F}, {"rangel", F}, {"redondo", F}, {"refugio", M}, {"rego", F},
    {"reis", F}, {"rey", F}, {"ribeiro", F}, {"rios", F}, {"rivas", F}, {"rivera", F}, {"robles", F}, {"rocha", F},
    {"rodrigues", F}, {"rodriguez", F}, {"rojas", F}, {"romero", F}, {"rosales", F}, {"rubio", F}, {"ruiz", F},
    {"saavedra", F}, {"saez", F}, {"salas", F}, {"salazar", F}, {"salinas", F}, {"sanchez", F}, {"sandoval", F},
    {"santana", F}, {"sanz", F}, {"segura", F}, {"serrano", F}, {"sevilla", F}, {"silva", F}, {"simoes", F},
    {"soares", F}, {"socorro", M}, {"solano", F}, {"solis", F}, {"soto", F}, {"sousa", F}, {"souza", F}, {"suarez", F},
    {"tavares", F}, {"teixeira", F}, {"tellez", F}, {"toledo", F}, {"toro", F}, {"torres", F}, {"tran", V},
    {"trujillo", F}, {"truong", V}, {"valdes", F}, {"valdez", F}, {"valencia", F}, {"valenzuela", F}, {"valle", F | M},
    {"valverde", F}, {"varela", F}, {"vargas", F}, {"vasconcelos", F}, {"vasquez", F}, {"vazquez", F}, {"vega", F},
    {"velasco", F}, {"velazquez", F}, {"vidal", F}, {"vieira", F}, {"villa", F}, {"villalobos", F}, {"villanueva", F},
    {"villar", F}, {"villegas", F}, {"vo", V}, {"vu", V}, {"ybarra", F}, {"zamora", F}, {"zapata", F}, {"zuniga", F},
};
/* clang-format on */

const struct name_table name_family_latin = {family, sizeof family / sizeof *family};
